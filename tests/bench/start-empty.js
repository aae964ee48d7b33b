// Start-up: an empty script, from the start of the process to its end.
