"""Where things are: places that many records share, and the areas they lie in.

In: addresses and points from editors, outlines from boundary files. Out: `Place`, `Area`, which
area a point lies in. May import only timetable and foundation.
"""
