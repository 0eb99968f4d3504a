"use strict";

// For `node --require`, before code of others is loaded. Node.js's permission model lets a process signal every other one of the same
// user, and SIGUSR1 opens the debugger of a process of Node.js: through it the code would run there, with all of its rights.
// https://nodejs.org/api/permissions.html, "process._debugProcess() and cross-process Inspector activation"
for (const name of ["kill", "_kill", "_debugProcess"]) Reflect.deleteProperty(process, name);
