/** How numbers, times and names are written. */

const whole = new Intl.NumberFormat("en-GB");
const one = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const short = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });
const regions = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });

export const number = (value) => whole.format(value);
export const decimal = (value) => one.format(value);
export const compact = (value) => (value < 10000 ? whole.format(value) : short.format(value));

const formatters = new Map();
function format(instant, zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formatters.has(key)) {
    formatters.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  }
  return formatters.get(key).format(instant);
}

const DAY = { day: "numeric", month: "short" };
const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

export const day = (instant, zone) => format(instant, zone, DAY);
export const time = (instant, zone) => format(instant, zone, TIME);
export const seconds = (instant, zone) => format(instant, zone, { ...TIME, second: "2-digit" });
export const dayAndTime = (instant, zone) => `${day(instant, zone)}, ${time(instant, zone)}`;

/** Minutes since midnight in the zone. */
export function minutesOfDay(instant, zone) {
  const [hours, minutes] = time(instant, zone).split(":").map(Number);
  return 60 * hours + minutes;
}

/** A number that grows by one from day to day in the zone. */
export function dayNumber(instant, zone) {
  const [date, month, year] = format(instant, zone, { day: "2-digit", month: "2-digit", year: "numeric" }).split("/").map(Number);
  return Date.UTC(year, month - 1, date) / 86400e3;
}

/** A calendar day such as 2024-01-10, which is in no zone. */
export const calendarDay = (text) =>
  format(new Date(`${text}T12:00:00Z`), "UTC", { day: "numeric", month: "long", year: "numeric" });

export function country(code) {
  return /^[A-Z]{2}$/.test(code) ? regions.of(code) : code;
}

const CLASSES = {
  ai: "AI assistants",
  direct: "Direct",
  email: "E-mail",
  internal: "Within the site",
  paid: "Paid",
  referral: "Other sites",
  search: "Search engines",
  social: "Social networks",
};
export const source = (name) => (Object.hasOwn(CLASSES, name) ? CLASSES[name] : name);

export function device(name) {
  return /^[a-z]+$/.test(name) ? (name === "tv" ? "TV" : name[0].toUpperCase() + name.slice(1)) : name;
}

/** A name in parentheses is ours, such as (other) or (unknown). */
export const isSpecial = (name) => name.startsWith("(") && name.endsWith(")");

export const dataset = (name) => {
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};
