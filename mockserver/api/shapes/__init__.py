"""What a record looks like on the wire: record → JSON, one module per family.

Only pure functions of records and counts; nothing that looks into a world may enter.
"""
