// A button that goes on with the filters of the list, as they are when it is pressed.
document.addEventListener("click", (evento) => {
  const bottone = evento.target.closest("a[data-con-filtri]");
  if (bottone) bottone.search = window.location.search;
});
