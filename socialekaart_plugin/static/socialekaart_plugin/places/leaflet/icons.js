// Leaflet guesses where its marker images are from the name of its style sheet; with hashed
// static files it guesses wrong. They stand beside this script.
// https://github.com/Leaflet/Leaflet/issues/4968 - can go when Leaflet 2 is used.
L.Icon.Default.imagePath = document.currentScript.src.replace(/[^/]*$/, "images/");
