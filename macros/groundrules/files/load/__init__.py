"""Read a toolkit's files: the one place that does.

Every problem of reading is collected; what could be read is returned beside them.
"""
