/* Wagtail's choosers (7.4 to 8.0) open a dialog without a name: it gets that of its heading. */
(() => {
    "use strict";

    function nameOf(dialog) {
        const heading = dialog.querySelector("h1, h2");
        return heading ? heading.textContent.trim().replace(/\s+/g, " ") : "";
    }

    function nameDialogs() {
        for (const dialog of document.querySelectorAll(".modal[role=dialog]:not([aria-labelledby])")) {
            const name = nameOf(dialog);
            if (name && dialog.getAttribute("aria-label") !== name) {
                dialog.setAttribute("aria-label", name);
            }
        }
    }

    // Its content comes after it was opened, and changes from step to step.
    new MutationObserver(nameDialogs).observe(document.documentElement, { childList: true, subtree: true });
})();
