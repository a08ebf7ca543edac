"""Draws the Mandelbrot set with characters."""

COLUMNS, ROWS, STEPS = 100, 36, 60
SHADES = " .:-=+*#%@"


def steps(c):
    """How many steps a point takes to leave; STEPS when it stays."""
    z = 0
    for step in range(STEPS):
        z = z * z + c
        if abs(z) > 2:
            return step
    return STEPS


for row in range(ROWS):
    y = 1.2 - 2.4 * row / (ROWS - 1)
    points = (complex(-2.1 + 2.9 * column / (COLUMNS - 1), y) for column in range(COLUMNS))
    print("".join(SHADES[steps(point) * (len(SHADES) - 1) // STEPS] for point in points))
