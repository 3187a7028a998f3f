// Removing tracking from addresses: parameters that say where somebody clicked, and redirects that count clicks.

import { isWeb } from "../addresses";

const PARAMETERS =
  /^(?:utm_\w+|(?:fb|g|d|msw|mscl|ms|tt|tw|y|sc|ir|wbra|gbra)clid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|igsh(?:id)?|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|hsCtaTracking|vero_(?:id|conv)|oly_(?:anon|enc)_id|ref_src|ref_url|__twitter_impression|at_(?:medium|campaign|custom\d|link_\w+|format|ptr_name|bbc_team)|xtor|cmpid|ns_(?:mchannel|source|campaign|linkname|fee)|guce_\w+|guccounter|smid|wickedid|s_kwcid|li_fat_id|__s|ck_subscriber_id|trk|trkCampaign)$/i;
const OF_HOSTS: Record<string, RegExp> = {
  "youtu.be": /^si$/,
  "youtube.com": /^si$/,
  "open.spotify.com": /^si$/,
  "x.com": /^(?:s|t)$/,
  "twitter.com": /^(?:s|t)$/,
  "instagram.com": /^img_index$/,
  "theguardian.com": /^(?:CMP|share|ref)$/i,
};
/** Hosts that count a click and redirect, and the parameter with the target. */
const REDIRECTS: [RegExp, string[]][] = [
  [/^(?:www\.)?google\.[a-z.]+\/url$/, ["q", "url"]],
  [/^[a-z0-9-]+\.safelinks\.protection\.outlook\.com\//, ["url"]],
  [/^lm?\.facebook\.com\/l\.php$/, ["u"]],
  [/^l\.instagram\.com\/$/, ["u"]],
  [/^out\.reddit\.com\//, ["url"]],
];

/** The same address without tracking, every other byte unchanged. */
export function untracked(url: string): string {
  if (!/^https?:/i.test(url)) return url;
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return url;
  }
  const host = parsed.hostname.replace(/^www\./, "");
  for (const [place, names] of REDIRECTS) {
    if (!place.test(parsed.hostname + parsed.pathname)) continue;
    const to = names.map((name) => parsed.searchParams.get(name)).find((found) => found && isWeb(found));
    if (to && to !== url) return untracked(to);
  }
  const [, before = url, query = "", hash = ""] = /^([^?#]*)\?([^#]*)(#.*)?$/.exec(url) ?? [];
  if (!query) return url;
  const follows = (parameter: string): boolean => {
    const name = parameter.split("=")[0] as string;
    return PARAMETERS.test(name) || (OF_HOSTS[host]?.test(name) ?? false);
  };
  const kept = query.split("&").filter((parameter) => !follows(parameter));
  if (kept.length === query.split("&").length) return url;
  return before + (kept.length ? `?${kept.join("&")}` : "") + hash;
}
