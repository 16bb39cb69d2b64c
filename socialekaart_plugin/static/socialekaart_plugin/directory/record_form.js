/*
 * The record form while someone types: what is still needed to publish, what the record looks like,
 * and who will see which contact fact. Without it the same is said when the form is saved.
 */
(() => {
    "use strict";

    const PAUSE = 600;

    /** Find the part of the form that an id stands for, and put the cursor there. */
    function goTo(id) {
        const target = document.getElementById(id);
        if (!target) {
            return;
        }
        for (let panel = target.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
            const toggle = panel.querySelector("[data-panel-toggle]");
            if (toggle && toggle.getAttribute("aria-expanded") === "false") {
                toggle.click();
            }
        }
        const inputs = "input:not([type=hidden]), select, textarea, button, [contenteditable=true], a[href]";
        const within = target.matches(inputs) ? [target] : [...target.querySelectorAll(inputs)];
        // An empty list of children: the button below it adds the first.
        const add = document.getElementById(id.replace(/-FORMS$/, "-ADD"));
        const visible = [...within, ...(add ? [add] : [])].find((element) => element.offsetParent !== null);
        (visible || target).scrollIntoView({ block: "center" });
        if (visible) {
            visible.focus({ preventScroll: true });
        }
    }

    /** Replace what stands in an element, without taking the keyboard from who is in it. */
    function replace(element, html) {
        if (element.innerHTML.trim() === html.trim() || element.dataset.skHtml === html) {
            return;
        }
        const active = element.contains(document.activeElement) ? document.activeElement : null;
        const again = active && (active.name ? `[name="${active.name}"][value="${active.value}"]` : `[href="${active.getAttribute("href")}"]`);
        element.innerHTML = html;
        element.dataset.skHtml = html;
        if (again) {
            const successor = element.querySelector(again);
            if (successor) {
                successor.focus({ preventScroll: true });
            }
        }
    }

    function startChecking(root, form) {
        const address = root.dataset.skCheck;
        const duplicates = root.querySelector("[data-sk-duplicates]");
        const needed = root.querySelector("[data-sk-needed]");
        const status = root.querySelector("[data-sk-status]");
        let pk = root.dataset.skPk;
        let timer = null;
        let under = null;
        let said = "";

        function say(answer) {
            const line = answer.number_of_duplicates
                ? duplicates.querySelector("[data-sk-summary]")
                : needed.querySelector("[data-sk-summary]");
            const words = line ? line.textContent.replace(/\s+/g, " ").trim() : "";
            if (words !== said) {
                said = words;
                status.textContent = words;
            }
            jump(answer.number_of_duplicates ? words : "");
        }

        // Someone who has scrolled on sees that something turned up above.
        const bar = document.createElement("a");
        bar.href = "#";
        bar.className = "sk-jump";
        bar.hidden = true;
        bar.addEventListener("click", (event) => {
            event.preventDefault();
            const first = duplicates.querySelector("a[href]");
            if (first) {
                first.scrollIntoView({ block: "center" });
                first.focus({ preventScroll: true });
            }
        });
        form.append(bar);
        let isInSight = true;
        function jump(words) {
            bar.textContent = words;
            bar.hidden = isInSight || !words;
        }
        new IntersectionObserver((entries) => {
            isInSight = entries[entries.length - 1].isIntersecting;
            bar.hidden = isInSight || !bar.textContent;
        }).observe(root);

        async function check() {
            if (under) {
                under.abort();
            }
            under = new AbortController();
            const data = new FormData(form);
            try {
                const answer = await fetch(pk ? `${address}${pk}/` : address, {
                    method: "POST",
                    body: data,
                    headers: { Accept: "application/json" },
                    signal: under.signal,
                });
                if (!answer.ok) {
                    return;
                }
                const found = await answer.json();
                replace(duplicates, found.duplicates);
                replace(needed, found.needed);
                say(found);
            } catch (error) {
                // Aborted by the next, or no network: the save says the same.
                if (error.name !== "AbortError" && !(error instanceof TypeError)) {
                    throw error;
                }
            }
        }

        function soon() {
            window.clearTimeout(timer);
            timer = window.setTimeout(check, PAUSE);
        }

        form.addEventListener("input", soon);
        form.addEventListener("change", soon);
        document.addEventListener("w-unsaved:add", soon);
        document.addEventListener("w-autosave:success", (event) => {
            const saved = event.detail && event.detail.response;
            if (saved && saved.pk && !pk) {
                pk = String(saved.pk);
                soon();
            }
        });
        root.addEventListener("click", (event) => {
            const link = event.target.closest("[data-sk-goto]");
            if (link) {
                event.preventDefault();
                goTo(link.getAttribute("href").slice(1));
            }
        });
    }

    /** Say below the contact facts how many each of the three circles will see. */
    function startCounting(line, form) {
        const prefix = line.dataset.skAudiencesOf;

        function count() {
            const numbers = { public: 0, referrer: 0, internal: 0 };
            form.querySelectorAll(`[name^="${prefix}-"][name$="-audience"]:checked`).forEach((input) => {
                const deleted = form.elements.namedItem(input.name.replace(/-audience$/, "-DELETE"));
                if (input.value in numbers && !(deleted && deleted.value)) {
                    numbers[input.value] += 1;
                }
            });
            const words = Object.entries(numbers)
                .filter(([, number]) => number)
                .map(([audience, number]) => `${line.dataset[`sk${audience[0].toUpperCase()}${audience.slice(1)}`]} ${number}`);
            const text = words.length ? words.join(" · ") : line.dataset.skNone;
            if (line.textContent !== text) {
                line.textContent = text;
            }
        }

        form.addEventListener("change", count);
        form.addEventListener("click", () => window.setTimeout(count, 400));
        count();
    }

    function start() {
        const root = document.querySelector("[data-sk-check]");
        const form = root && root.closest("form");
        if (!form) {
            return;
        }
        startChecking(root, form);
        form.querySelectorAll("[data-sk-audiences]").forEach((line) => startCounting(line, form));
    }

    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", start);
    } else {
        start();
    }
})();
