globalThis.siblingRan = true;
