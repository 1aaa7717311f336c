"""Tables of cases: separated text, workbooks and lines of JSON, read by mapping profiles.

Which column is which act and fact stands in a profile (``adapters/formats/*.yaml``), never in code.
"""
