"""Runs a command in a terminal of so many columns, and prints what it shows there."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios

columns, command = int(sys.argv[1]), sys.argv[2:]
terminal, screen = pty.openpty()
fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
process = subprocess.Popen(command, stdin=screen, stdout=screen, stderr=screen, start_new_session=True)
os.close(screen)
while True:
    try:
        shown = os.read(terminal, 65536)
    except OSError:
        break
    if not shown:
        break
    sys.stdout.buffer.write(shown)
sys.exit(process.wait())
