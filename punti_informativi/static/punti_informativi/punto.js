/* Print, copy, share: buttons that only a browser with a script can offer. Without this file the links do the same. */
(function () {
  "use strict";

  function offri(gesto, fai) {
    document.querySelectorAll(`[data-gesto="${gesto}"]`).forEach((bottone) => {
      bottone.hidden = false;
      bottone.addEventListener("click", () => fai(bottone));
    });
  }

  function scatola(bottone) {
    return bottone.closest("[data-indirizzo]");
  }

  offri("stampa", () => window.print());
  if (navigator.clipboard) {
    offri("copia", (bottone) => {
      const dati = scatola(bottone);
      navigator.clipboard.writeText(dati.dataset.indirizzo).then(
        () => {
          dati.querySelector("[role=status]").textContent = dati.dataset.copiato;
        },
        () => {
          /* Refused: the address is written on the page. */
          bottone.hidden = true;
        }
      );
    });
  }
  if (navigator.share) {
    offri("condividi", (bottone) => {
      const { titolo, indirizzo } = scatola(bottone).dataset;
      /* Who closes the sheet without choosing has done nothing wrong. */
      navigator.share({ title: titolo, url: indirizzo }).catch(() => {});
    });
  }
})();
