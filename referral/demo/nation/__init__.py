"""A nation of invented people over ten years, as large as the published figures say.

A few hundred lives are rehearsed through the real actions and taken back; each is then written as
often as it is needed, under other names, at other places and times.
"""
