"""Places that records share, and the areas (municipality, district, neighbourhood) around them.

In: addresses and points from editors, outlines from boundary files. Out: `Place`, `Area`, and the
area that a point lies in. May import only timetable and foundation.
"""
