/** A tag that is a version: `v1.4.0`, `v2.0.0-rc.1` (https://semver.org). */
const VERSION_TAG = /^v\d+\.\d+\.\d+(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;

export const isVersionTag = (tag: string): boolean => VERSION_TAG.test(tag);
