// Completes what someone types in the search field: a combobox with a list, as the ARIA Authoring
// Practices describe it. Without this file the field searches all the same.
(() => {
  "use strict";

  const WAIT = 150; // milliseconds between the last key and the question

  class Combobox {
    constructor(box) {
      this.box = box;
      this.input = box.querySelector("input");
      this.words = box.dataset;
      this.options = [];
      this.active = -1;
      this.asked = null;
      this.timer = 0;
      this.list = document.createElement("ul");
      this.list.id = `${this.input.id}-suggestions`;
      this.list.className = "sk-suggest__list";
      this.list.hidden = true;
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", this.words.label);
      this.status = document.createElement("div");
      this.status.className = "sk-visually-hidden";
      this.status.setAttribute("role", "status");
      box.append(this.list, this.status);
      this.prepareInput();
      this.listen();
    }

    prepareInput() {
      // A field of type "search" may not be a combobox.
      this.input.type = "text";
      const attributes = {
        role: "combobox",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": this.list.id,
      };
      Object.entries(attributes).forEach(([name, value]) => this.input.setAttribute(name, value));
    }

    listen() {
      this.input.addEventListener("input", () => this.askSoon());
      this.input.addEventListener("keydown", (event) => this.onKey(event));
      // Not on blur alone: a press on an option must reach it first.
      this.box.addEventListener("focusout", (event) => {
        if (!this.box.contains(event.relatedTarget)) this.close();
      });
      this.list.addEventListener("pointerdown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.go(Number(option.dataset.index));
      });
    }

    askSoon() {
      window.clearTimeout(this.timer);
      if (this.asked) this.asked.abort();
      this.moveTo(-1);
      if (!this.input.value.trim()) {
        this.close();
        return;
      }
      this.timer = window.setTimeout(() => this.ask(), WAIT);
    }

    async ask() {
      const asked = new AbortController();
      this.asked = asked;
      const address = new URL(this.words.suggestions, document.baseURI);
      address.searchParams.set("search", this.input.value.trim());
      try {
        const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(`suggestions: ${answer.status}`);
        const { suggestions } = await answer.json();
        if (!asked.signal.aborted) this.show(suggestions);
      } catch (error) {
        if (error.name === "AbortError") return;
        // Whoever types can search without; only the list stays away.
        this.close();
        console.warn(error);
      }
    }

    show(options) {
      this.options = options;
      this.list.replaceChildren(...options.map((option, index) => this.line(option, index)));
      this.moveTo(-1);
      this.open(options.length > 0 && this.box.contains(document.activeElement));
      const { none, one, many } = this.words;
      const number = options.length;
      if (number === 0) this.say(none);
      else if (number === 1) this.say(one);
      else this.say(many.replace("{number}", number));
    }

    line(option, index) {
      const line = document.createElement("li");
      line.id = `${this.list.id}-${index}`;
      line.className = "sk-suggest__option";
      line.dataset.index = index;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      const name = document.createElement("span");
      name.className = "sk-suggest__name";
      name.textContent = option.name;
      const kind = document.createElement("span");
      kind.className = "sk-suggest__kind";
      kind.textContent = option.kind_label;
      line.append(name, " ", kind);
      return line;
    }

    onKey(event) {
      if (event.isComposing) return;
      const isOpen = !this.list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!isOpen && this.options.length === 0) return;
        event.preventDefault();
        this.open(true);
        this.step(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Escape" && isOpen) {
        event.preventDefault();
        this.close();
      } else if (event.key === "Enter" && isOpen && this.active >= 0) {
        event.preventDefault();
        this.go(this.active);
      }
    }

    // Past the last option comes the field itself, and then the first option again.
    step(by) {
      const places = this.options.length + 1;
      this.moveTo(((this.active + 1 + by + places) % places) - 1);
    }

    moveTo(index) {
      const lines = this.list.children;
      if (lines[this.active]) lines[this.active].setAttribute("aria-selected", "false");
      this.active = index;
      const line = lines[index];
      if (line) {
        line.setAttribute("aria-selected", "true");
        line.scrollIntoView({ block: "nearest" });
        this.input.setAttribute("aria-activedescendant", line.id);
      } else {
        this.input.removeAttribute("aria-activedescendant");
      }
    }

    open(isOpen) {
      this.list.hidden = !isOpen;
      this.input.setAttribute("aria-expanded", String(isOpen));
    }

    close() {
      window.clearTimeout(this.timer);
      if (this.asked) this.asked.abort();
      this.open(false);
      this.moveTo(-1);
      this.say("");
    }

    // Said again when the number did not change: a screen reader only hears what differs.
    say(text) {
      this.status.textContent = this.status.textContent === text && text ? `${text}\u00a0` : text;
    }

    go(index) {
      window.location.assign(this.options[index].url);
    }
  }

  document.querySelectorAll("[data-suggestions]").forEach((box) => new Combobox(box));
})();
