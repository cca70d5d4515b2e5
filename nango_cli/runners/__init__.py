"""How a script file becomes a process, and how that process is talked to."""
