"""Runs a command in a terminal of so many columns, types an answer at each prompt (`> `, or the review's), and prints what it shows there."""

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios

columns, answers, command = int(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3:]
terminal, screen = pty.openpty()
fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
process = subprocess.Popen(command, stdin=screen, stdout=screen, stderr=screen, start_new_session=True)
os.close(screen)
recent = b""
while True:
    try:
        shown = os.read(terminal, 65536)
    except OSError:
        break
    if not shown:
        break
    sys.stdout.buffer.write(shown)
    recent = (recent + shown)[-200:]
    if answers and re.search(rb"(?:> |uit: |stands: )$", re.sub(rb"\x1b\[[0-9;]*[A-Za-z]", b"", recent)):
        os.write(terminal, answers.pop(0).encode())
        recent = b""
sys.exit(process.wait())
