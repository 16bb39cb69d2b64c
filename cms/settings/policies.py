"""Content-Security-Policy of the host site: what browsers may load, on public and admin pages."""

from typing import Any

SELF, NONE, INLINE = "'self'", "'none'", "'unsafe-inline'"

#: The inline style of templates/500.html: that page loads no other file.
STYLE_OF_500 = "'sha256-Kg7qrXtNGVCedP32qeIw/5ixmqezBp5WyQiopwNJSmA='"

#: For the public: only files of the site itself.
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

#: For the browsable API: Django REST framework uses inline styles.
API: dict[str, Any] = {**PUBLIC, "style-src": [SELF, INLINE]}

#: Other sources for the admin and its map.
_TILES = ["https://tile.openstreetmap.org", "https://*.tile.openstreetmap.org"]

#: Wagtail (7.4, 8.0) uses inline scripts and styles, and shows previews in frames.
ADMIN: dict[str, Any] = {
    **PUBLIC,
    "script-src": [SELF, INLINE],
    "style-src": [SELF, INLINE],
    "img-src": [SELF, "data:", "blob:", *_TILES],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}

#: Browser features that no page of the site uses.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope"),
        *("magnetometer", "microphone", "midi", "payment", "usb"),
    )
)
