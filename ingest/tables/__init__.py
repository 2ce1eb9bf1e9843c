"""Lines and cells to tables: headers, rows, columns, units."""
