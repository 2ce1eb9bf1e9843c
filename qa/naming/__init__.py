"""Which bodies, places and projects a question names, and which names are one."""
