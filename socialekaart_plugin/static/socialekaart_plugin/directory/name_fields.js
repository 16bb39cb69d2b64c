/*
 * Give the editor of rich text and the box for keywords the name of their field: they have none in
 * Wagtail 7.4 and 8.0, and a screen reader says only "edit". This can go when Wagtail names them.
 */
(() => {
    "use strict";

    const NAMELESS = ".public-DraftEditor-content:not([aria-labelledby]), .tagit-new input:not([aria-labelledby])";

    function nameFields() {
        document.querySelectorAll(NAMELESS).forEach((element) => {
            const field = element.closest(".w-field");
            const input = field && field.querySelector("[data-draftail-input], input[name][id]");
            const label = input && document.getElementById(`${input.id}-label`);
            if (label) {
                element.setAttribute("aria-labelledby", label.id);
            }
        });
    }

    function start() {
        nameFields();
        // They come when their scripts are ready, and with each child that is added.
        const forms = document.querySelectorAll("main form");
        forms.forEach((form) => new MutationObserver(nameFields).observe(form, { childList: true, subtree: true }));
    }

    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", start);
    } else {
        start();
    }
})();
