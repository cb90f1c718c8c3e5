"""What a browser is asked about a page. The scripts come from outside: no policy of the page stops them."""

STYLE = """
const of = (name, key) => getComputedStyle(document.querySelector(name))[key];
return [of('main', 'maxWidth'), of('.banner', 'backgroundColor'), of('table', 'borderCollapse')];
"""
STYLED = ["1024px", "rgb(15, 61, 122)", "collapse"]
UNSTYLED = ["none", "rgba(0, 0, 0, 0)", "separate"]

TOO_WIDE = """
return [document.scrollingElement, ...document.querySelectorAll('.scroll')]
  .filter(it => it.scrollWidth > it.clientWidth)
  .map(it => `${it.scrollWidth} in ${it.clientWidth}`);
"""
"""What would have to be scrolled sideways."""

STRONGER = """
const strength = it => {
  const style = getComputedStyle(it);
  return [parseFloat(style.fontSize), Number(style.fontWeight)];
};
const stronger = [];
for (const rate of document.querySelectorAll('.rate')) {
  const [size, weight] = strength(rate);
  for (const other of rate.parentElement.querySelectorAll('h3, p, dd, td, th')) {
    const its = strength(other);
    if (its[0] > size || its[1] > weight) stronger.push(other.textContent);
  }
}
return [document.querySelectorAll('.rate').length, stronger];
"""
"""How many highest annual rates there are, and what beside them is set larger or bolder."""

FAINT = """
const channels = text => text.match(/[\\d.]+/g).map(Number);
const linear = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
const light = rgb => [0.2126, 0.7152, 0.0722]
  .reduce((sum, share, at) => sum + share * linear(rgb[at] / 255), 0);
const behind = it => {
  for (; it; it = it.parentElement) {
    const colour = channels(getComputedStyle(it).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour;
  }
  return [255, 255, 255];
};
const faint = [];
for (const it of document.querySelectorAll('body, body *')) {
  if (![...it.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
  const [a, b] = [light(channels(getComputedStyle(it).color)), light(behind(it))];
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (contrast < arguments[0]) faint.push(`${contrast.toFixed(2)} ${it.textContent.slice(0, 40)}`);
}
return faint;
"""
"""Text of less contrast to what is behind it than WCAG asks for."""

MARK = """
scrollTo(0, document.body.scrollHeight);
const bar = document.querySelector('.bar');
const top = bar ? bar.getBoundingClientRect().top : null;
scrollTo(0, 0);
return top;
"""
"""Where the mark of a product not for sale stands once a reader is at the end; null without one."""

FOREIGN = """
return document.querySelectorAll('script, img, svg, iframe, link, object, a, form, [style]').length;
"""
"""How many elements run, fetch, lead elsewhere, or bring a style of their own."""

TITLE = "return document.title;"
HEIGHT = "return document.scrollingElement.scrollHeight;"
