// A page that a browser kept may be older than the scripts and styles that its host sends. Such a script does not run,
// and says so; then the page is asked for anew, once.

const style = getComputedStyle(document.documentElement);
const otherStyle = [...document.querySelectorAll('link[href*="?v="]')].some((link) => {
  const [, name, version] = /([\w-]+)\.css\?v=(\w+)$/.exec(link.href) || [];
  const sent = name && style.getPropertyValue(`--version-of-${name}`).trim();
  return sent && sent !== version;
});
const [visit] = performance.getEntriesByType("navigation");
if ((window.groundRulesOld || otherStyle) && (!visit || visit.type !== "reload")) location.reload();
