"""Suite files: their lines, fields, schema and errors; cases drafted, written and read."""
