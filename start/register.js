"use strict";

// For `node --require` and mocha.
require("./typescript").registerTypeScript();
