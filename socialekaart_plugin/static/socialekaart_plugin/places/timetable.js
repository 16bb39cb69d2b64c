/**
 * Rows of a timetable: adds and removes them, shows what belongs to the choice that was made, and
 * reads back how the server understands what stands there.
 *
 * Works in panels that Wagtail adds later, for Stimulus starts a controller wherever its element
 * appears. Registered as https://docs.wagtail.org/en/stable/extending/extending_client_side.html says.
 */
class TimetableController extends window.StimulusModule.Controller {
  static targets = ['readBack'];

  static values = {
    delay: { type: Number, default: 500 },
    kind: String,
    name: String,
    url: String,
  };

  connect() {
    this.element.querySelectorAll('[data-sk-date]').forEach((input) => this.addCalendar(input));
    // A record may have a dozen sessions: each is read back when someone comes to see it.
    this.sight = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        this.sight.disconnect();
        this.readBack();
      }
    });
    this.sight.observe(this.readBackTarget.parentElement);
  }

  disconnect() {
    this.sight.disconnect();
    clearTimeout(this.timer);
    this.request?.abort();
  }

  /** Something was typed or chosen. */
  typed(event) {
    const { target } = event;
    if (target.name?.endsWith('-repeats')) this.showKind(target);
    if (target.name?.endsWith('-public_holidays')) this.tickAllHolidays();
    this.readSoon();
  }

  /** Show what belongs to the way in which it comes back; the rest is not sent. */
  showKind(select) {
    const row = select.closest('[data-sk-row]');
    row.querySelectorAll('[data-sk-kinds]').forEach((group) => {
      const shown = group.dataset.skKinds.split(' ').includes(select.value);
      group.hidden = !shown;
      group.disabled = !shown;
    });
  }

  /** Add an empty row, and go there. */
  add(event) {
    const button = event.currentTarget;
    const list = this.listNamed(button.dataset.skTo);
    const row = this.newRow(button.dataset.skNew, list);
    list.append(row);
    this.firstField(row).focus();
    this.changed();
  }

  newRow(kind, list) {
    const numbers = [...list.querySelectorAll(':scope > [data-sk-row]')].map((row) =>
      Number(row.querySelector(`[name="${CSS.escape(`${list.dataset.skList}-row`)}"]`).value),
    );
    const template = this.element.querySelector(`template[data-sk-template="${kind}"]`);
    const holder = document.createElement('template');
    holder.innerHTML = template.innerHTML
      .replaceAll('__list__', list.dataset.skList)
      .replaceAll('__row__', String(Math.max(-1, ...numbers) + 1));
    const row = holder.content.firstElementChild;
    row.querySelectorAll('[data-sk-date]').forEach((input) => this.addCalendar(input));
    return row;
  }

  /** Remove a row; the only one of a list that keeps one makes place for an empty one. */
  remove(event) {
    const row = event.currentTarget.closest('[data-sk-row]');
    const list = row.parentElement;
    const neighbour = row.nextElementSibling ?? row.previousElementSibling;
    const button = this.element.querySelector(
      `[data-sk-to="${CSS.escape(list.dataset.skList)}"]`,
    );
    row.remove();
    if (neighbour) {
      this.firstField(neighbour).focus();
    } else if ('skKeepOne' in list.dataset) {
      const empty = this.newRow(button.dataset.skNew, list);
      list.append(empty);
      this.firstField(empty).focus();
    } else {
      button.focus();
    }
    this.changed();
  }

  /** “Not on public holidays”: ticks the usual ones, or none. */
  holidays(event) {
    const { checked } = event.currentTarget;
    const usual = event.currentTarget.dataset.skUsual.split(' ');
    this.holidayBoxes.forEach((box) => {
      box.checked = checked && usual.includes(box.value);
    });
  }

  tickAllHolidays() {
    const all = this.element.querySelector('[data-sk-all-holidays]');
    all.checked = this.holidayBoxes.some((box) => box.checked);
  }

  get holidayBoxes() {
    return [...this.element.querySelectorAll('[name$="-public_holidays"]')];
  }

  /** Put a button with the calendar of the browser beside a date. */
  addCalendar(input) {
    const template = this.element.querySelector('template[data-sk-template="calendar"]');
    const calendar = template.content.firstElementChild.cloneNode(true);
    const button = calendar.querySelector('button');
    const picker = calendar.querySelector('input');
    button.addEventListener('click', () => picker.showPicker());
    picker.addEventListener('input', (event) => event.stopPropagation());
    picker.addEventListener('change', (event) => {
      event.stopPropagation();
      if (!picker.value) return;
      const [year, month, day] = picker.value.split('-').map(Number);
      const chosen = `${day}-${month}-${year}`;
      const before = input.value.trim().replace(/,$/, '');
      input.value = 'several' in input.dataset && before ? `${before}, ${chosen}` : chosen;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      input.dispatchEvent(new Event('change', { bubbles: true }));
      input.focus();
    });
    const line = document.createElement('span');
    line.className = 'sk-date';
    input.replaceWith(line);
    line.append(input, calendar);
  }

  firstField(row) {
    return row.querySelector('select, input:not([type="hidden"]), button');
  }

  listNamed(name) {
    return this.element.querySelector(`[data-sk-list="${CSS.escape(name)}"]`);
  }

  /** Tell the form, which warns of unsaved changes and saves drafts. */
  changed() {
    this.element.dispatchEvent(new Event('change', { bubbles: true }));
  }

  readSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.readBack(), this.delayValue);
  }

  /** Ask the server how it understands the rows, with what the form itself would send. */
  async readBack() {
    const form = this.element.closest('form');
    if (!form) return;
    const sent = new URLSearchParams({ name: this.nameValue, kind: this.kindValue });
    new FormData(form).forEach((value, name) => {
      if (name.startsWith(`${this.nameValue}-`)) sent.append(name, value);
    });
    this.request?.abort();
    this.request = new AbortController();
    const { CSRF_HEADER_NAME: header, CSRF_TOKEN: token } = window.wagtailConfig;
    try {
      const response = await fetch(this.urlValue, {
        method: 'POST',
        body: sent,
        headers: { [header]: token, 'X-Requested-With': 'XMLHttpRequest' },
        signal: this.request.signal,
      });
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      this.show(await response.text());
    } catch (error) {
      if (error.name === 'AbortError') return;
      const failed = this.element.querySelector('template[data-sk-template="failed"]');
      this.show(failed.innerHTML);
    }
  }

  /** Show it, unless it is there already: a screen reader need not say it again. */
  show(html) {
    if (html === this.shown) return;
    this.shown = html;
    this.readBackTarget.innerHTML = html;
  }
}

window.wagtail.app.register('sk-timetable', TimetableController);
