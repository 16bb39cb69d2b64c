/* Search for an address and fill it in; propose a point when only a postcode is known. */
(function () {
  const FIELDS = ['street_address', 'postcode', 'city'];

  class AddressSearchController extends window.StimulusModule.Controller {
    static targets = ['question', 'ask', 'message', 'found', 'guess', 'guessText', 'guessUse'];

    static values = {
      url: String,
      prefix: String,
      searching: String,
      filled: String,
      area: String,
      outside: String,
      failed: String,
    };

    connect() {
      this.element.hidden = false;
      this.asked = 0;
      this.listeners = new AbortController();
      const { signal } = this.listeners;
      this.askTarget.addEventListener('click', () => this.search(), { signal });
      this.questionTarget.addEventListener(
        'keydown',
        (event) => {
          if (event.key !== 'Enter') return;
          /* Enter searches; it must not save the form. */
          event.preventDefault();
          event.stopPropagation();
          this.search();
        },
        { signal },
      );
      this.guessUseTarget.addEventListener('click', () => this.useGuess(), { signal });
      ['street_address', 'postcode'].forEach((name) => {
        this.field(name)?.addEventListener('change', () => this.guess(), { signal });
      });
    }

    disconnect() {
      this.listeners.abort();
    }

    field(name) {
      return document.getElementById(this.prefixValue + name);
    }

    async ask(parameters) {
      const address = new URL(this.urlValue, window.location.href);
      address.search = new URLSearchParams(parameters);
      const response = await fetch(address, {
        headers: { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' },
      });
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    }

    async search() {
      const question = this.questionTarget.value.trim();
      if (!question) {
        this.questionTarget.focus();
        return;
      }
      this.asked += 1;
      const mine = this.asked;
      this.show([], this.searchingValue);
      try {
        const answer = await this.ask({ q: question });
        if (mine === this.asked) this.show(answer.candidates, answer.message);
      } catch {
        if (mine === this.asked) this.show([], this.failedValue);
      }
    }

    show(candidates, message) {
      this.messageTarget.textContent = message;
      this.foundTarget.replaceChildren(
        ...candidates.map((candidate) => {
          const item = document.createElement('li');
          const button = document.createElement('button');
          button.type = 'button';
          button.className = 'button button-secondary button-small';
          button.textContent = candidate.area
            ? `${candidate.label} (${candidate.area})`
            : candidate.label;
          button.addEventListener('click', () => this.choose(candidate));
          item.append(button);
          return item;
        }),
      );
      this.foundTarget.hidden = candidates.length === 0;
    }

    choose(candidate) {
      FIELDS.forEach((name) => {
        const field = this.field(name);
        if (!field) return;
        field.value = candidate[name];
        /* So that Wagtail notices the change; `change` would ask for a guess. */
        field.dispatchEvent(new Event('input', { bubbles: true }));
      });
      this.point(candidate);
      this.guessTarget.hidden = true;
      const where = candidate.area
        ? this.areaValue.replace('{area}', candidate.area)
        : this.outsideValue;
      this.show([], `${this.filledValue} ${where}`);
      this.field('street_address').focus();
    }

    point(where) {
      this.field('location')?.dispatchEvent(
        new CustomEvent('socialekaart:point', {
          detail: { lat: where.latitude, lng: where.longitude },
        }),
      );
    }

    async guess() {
      this.guessTarget.hidden = true;
      const postcode = this.field('postcode').value.trim();
      if (!postcode || this.field('location')?.value) return;
      let answer;
      try {
        answer = await this.ask({ postcode, street_address: this.field('street_address').value });
      } catch {
        return; /* A guess that fails is no guess; the search says so when someone asks. */
      }
      if (!answer.guess || this.field('location')?.value) return;
      this.guessed = answer.guess;
      this.guessTextTarget.textContent = answer.guess.text;
      this.guessUseTarget.hidden = answer.guess.latitude === null;
      this.guessTarget.hidden = false;
    }

    useGuess() {
      this.point(this.guessed);
      this.guessTarget.hidden = true;
      document.getElementById(`${this.prefixValue}location_latlng`)?.focus();
    }
  }

  /* A form that came back: begin where something must be put right. */
  class FirstErrorController extends window.StimulusModule.Controller {
    connect() {
      const field = this.element
        .querySelector('.w-field--error')
        ?.querySelector('input:not([type=hidden]), textarea, select');
      if (field) this.focusWhenShown(field, 60);
    }

    /* Its tab is shown a moment after it is put in the page. */
    focusWhenShown(field, frames) {
      if (field.offsetParent || !frames) field.focus();
      else window.requestAnimationFrame(() => this.focusWhenShown(field, frames - 1));
    }
  }

  window.wagtail.app.register('socialekaart-address-search', AddressSearchController);
  window.wagtail.app.register('socialekaart-first-error', FirstErrorController);
})();
