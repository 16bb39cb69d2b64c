"""What a browser may do on the pages of the host site, by Content-Security-Policy."""

from typing import Any

SELF, NONE, INLINE = "'self'", "'none'", "'unsafe-inline'"

#: The style that stands in templates/500.html: that page asks for no other file.
STYLE_OF_500 = "'sha256-Kg7qrXtNGVCedP32qeIw/5ixmqezBp5WyQiopwNJSmA='"

#: For everybody: nothing but files of the site itself.
PUBLIC: dict[str, Any] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF, STYLE_OF_500],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "worker-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}

#: For the API as a browser shows it: Django REST framework writes styles into its pages.
API: dict[str, Any] = {**PUBLIC, "style-src": [SELF, INLINE]}

#: Where the admin and its map come from, besides.
_TILES = ["https://tile.openstreetmap.org", "https://*.tile.openstreetmap.org"]

#: Wagtail (7.4, 8.0) writes scripts and styles into its pages, and shows previews in frames.
ADMIN: dict[str, Any] = {
    **PUBLIC,
    "script-src": [SELF, INLINE],
    "style-src": [SELF, INLINE],
    "img-src": [SELF, "data:", "blob:", *_TILES],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}

#: What no page of ours asks a browser for.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope"),
        *("magnetometer", "microphone", "midi", "payment", "usb"),
    )
)
