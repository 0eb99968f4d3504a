"use strict";

// For `node --require` where Node.js's permission model lets a process write nothing and start no other.
require("./typescript").registerCompiled();
