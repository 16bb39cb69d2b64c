/*
 * Pressing a button while Wagtail is saving by itself: the button waits for that save. Otherwise the
 * two race, and the form would be refused for what its own automatic save had just written, or, on a
 * form of something new, would make it twice.
 */
(() => {
    "use strict";

    // Where to find it: Wagtail's edit form, whose automatic saves are told of by events (7.4 to 8.0).
    const FORM = "form[data-edit-form]";
    let isSaving = false;
    let waiting = null;
    let isLeaving = false;

    function finish() {
        isSaving = false;
        if (!waiting) {
            return;
        }
        const { form, button } = waiting;
        waiting = null;
        if (button) {
            // Wagtail greys out the button that was pressed; the browser would leave its name out.
            button.removeAttribute("disabled");
        }
        form.requestSubmit(button);
    }

    document.addEventListener("w-autosave:save", (event) => {
        if (isLeaving) {
            event.preventDefault();
        } else {
            isSaving = true;
        }
    });
    document.addEventListener("w-autosave:success", finish);
    document.addEventListener("w-autosave:error", finish);
    // Before Wagtail's own listener on the form, which stops watching for unsaved changes.
    document.addEventListener(
        "submit",
        (event) => {
            if (!event.target.matches(FORM)) {
                return;
            }
            if (isSaving) {
                event.preventDefault();
                event.stopPropagation();
                waiting = { form: event.target, button: event.submitter };
            } else {
                isLeaving = true;
            }
        },
        true,
    );
    window.addEventListener("pageshow", () => {
        isLeaving = false;
    });
})();
