/* The point of a place: the map of wagtailgeowidget, in which nothing is chosen until someone does. */
(function () {
  /* Six decimals are a tenth of a metre. */
  function rounded(latLng) {
    return { lat: Number(latLng.lat.toFixed(6)), lng: Number(latLng.lng.toFixed(6)) };
  }

  class PointOnMap extends window.LeafletField {
    setup() {
      if (this.hasSetup) return;
      const chosen = this.sourceField.val().includes('POINT');
      const typed = this.latLngField.val();
      super.setup();
      this.describe();
      this.map.on('click', (event) => this.choose(event.latlng));
      this.latLngField.on('input', () => this.keepWhatIsNoPoint());
      this.latLngField.on('change', () => this.warn());
      if (!chosen) {
        /* The map shows the middle of the town; that is not the point of this place. */
        this.latLngField.val(typed);
        this.marker.setOpacity(0.5);
      }
    }

    describe() {
      const pin = this.marker.getElement();
      pin.setAttribute('alt', this.translations.pin);
      pin.setAttribute('title', this.translations.pin);
      /* It cannot be moved by keyboard; the field above the map can. */
      pin.setAttribute('tabindex', '-1');
      pin.removeAttribute('role');
      const zoom = this.mapEl[0].querySelectorAll('.leaflet-control-zoom a');
      [this.translations.zoom_in, this.translations.zoom_out].forEach((text, index) => {
        zoom[index].setAttribute('title', text);
        zoom[index].setAttribute('aria-label', text);
      });
    }

    choose(latLng) {
      this.mapEl.css('display', 'block');
      this.setup();
      this.clearFieldMessage({ field: this.latLngField });
      this.map.invalidateSize();
      this.setMapPosition(latLng);
      this.updateLatLng(latLng);
      this.writeLocation(latLng);
    }

    /* The widget takes `52` for the beginning of a point, and stumbles over it. */
    parseStrToLatLng(value) {
      const numbers = value.match(/^\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*$/);
      return numbers ? L.latLng(Number(numbers[1]), Number(numbers[2])) : null;
    }

    /* What is no point is sent along as it was typed: then the answer says so, and it is not lost. */
    keepWhatIsNoPoint() {
      const typed = this.latLngField.val().trim();
      if (this.parseStrToLatLng(typed)) return;
      this.setState(typed);
      this.marker.setOpacity(0.5);
    }

    /* Not at every key: whoever is still typing has made no mistake yet. */
    displayWarning(message, options) {
      this.clearFieldMessage(options);
    }

    warn() {
      const typed = this.latLngField.val().trim();
      if (typed && !this.parseStrToLatLng(typed)) {
        super.displayWarning(this.translations.error_message_invalid_location, {
          field: this.latLngField,
        });
      }
    }

    updateMapFromCoords(latLng) {
      if (latLng) super.updateMapFromCoords(latLng);
    }

    updateLatLng(latLng) {
      super.updateLatLng(rounded(latLng));
    }

    writeLocation(latLng) {
      super.writeLocation(rounded(latLng));
      this.marker.setOpacity(1);
    }
  }

  class PointController extends window.StimulusModule.Controller {
    static values = { options: Object };

    connect() {
      this.point = new PointOnMap(Object.assign({}, this.optionsValue, { id: this.element.id }));
    }

    /* Called by the search for an address: `socialekaart:point` on the hidden field. */
    take(event) {
      this.point.choose(event.detail);
    }

    initialize() {
      this.element.addEventListener('socialekaart:point', (event) => this.take(event));
    }
  }

  window.wagtail.app.register('socialekaart-point', PointController);
})();
