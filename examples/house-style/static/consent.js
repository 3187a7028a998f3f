// Asks once; counts only those who said yes, by a script of the origin that ASITHAPPENED_PAGE_ORIGINS names.
const box = document.querySelector("[data-consent]");
const { analytics } = document.currentScript.dataset;
const count = () => document.head.append(Object.assign(document.createElement("script"), { src: analytics }));
const said = localStorage.getItem("consent");
if (said === "yes") count();
else if (!said) box.hidden = false;
box.addEventListener("click", ({ target }) => {
  if (!target.matches("button")) return;
  const yes = target.matches("[data-yes]");
  localStorage.setItem("consent", yes ? "yes" : "no");
  box.hidden = true;
  if (yes) count();
});
