/** Priority levels of an API server that runs on the defaults: names, shares, and the seats of 400 and 200 requests in flight. */
export const defaultShares = {
  "catch-all": 5,
  exempt: 0,
  "global-default": 20,
  "leader-election": 10,
  "node-high": 40,
  system: 30,
  "workload-high": 40,
  "workload-low": 100,
} as const;

/** As every recorded cluster with default flags has them. */
export const seatsOfDefaults = {
  "catch-all": 13,
  exempt: 0,
  "global-default": 49,
  "leader-election": 25,
  "node-high": 98,
  system: 74,
  "workload-high": 98,
  "workload-low": 245,
} as const;
