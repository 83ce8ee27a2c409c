/* «Use my position»: the browser's answer becomes part of the list's address. Without this file one writes a comune. */
(function () {
  "use strict";

  function elemento(nome, classe, testo) {
    const nuovo = document.createElement(nome);
    nuovo.className = classe;
    nuovo.textContent = testo;
    return nuovo;
  }

  /* The position goes into the list's address and nowhere else: three decimals are about a hundred metres. */
  function offriPosizione(scatola) {
    if (!navigator.geolocation) {
      return;
    }
    const modulo = scatola.closest("form");
    const bottone = elemento("button", "btn btn-outline-primary btn-sm", scatola.dataset.posizione);
    const esito = elemento("p", "posizione-esito", "");
    bottone.type = "button";
    esito.setAttribute("aria-live", "polite");
    bottone.addEventListener("click", () => {
      esito.textContent = scatola.dataset.attesa;
      navigator.geolocation.getCurrentPosition(
        (posizione) => {
          modulo.elements.lat.value = posizione.coords.latitude.toFixed(3);
          modulo.elements.lon.value = posizione.coords.longitude.toFixed(3);
          modulo.elements.vicino.value = "";
          modulo.requestSubmit();
        },
        () => {
          esito.textContent = scatola.dataset.negata;
        },
        { timeout: 15000, maximumAge: 300000 }
      );
    });
    modulo.addEventListener("submit", () => {
      if (modulo.elements.vicino.value.trim()) {
        modulo.elements.lat.value = modulo.elements.lon.value = "";
      }
      /* Empty fields stay out of the address that one may send to somebody. */
      Array.from(modulo.elements).forEach((campo) => {
        campo.disabled = campo.name !== "" && campo.value === "";
      });
    });
    scatola.append(bottone, esito);
    scatola.hidden = false;
  }

  /* A page that comes back from the browser's memory must be usable again. */
  window.addEventListener("pageshow", () => {
    document.querySelectorAll(".filtri [name]:disabled").forEach((campo) => {
      campo.disabled = false;
    });
  });
  document.querySelectorAll("[data-posizione]").forEach(offriPosizione);
})();
