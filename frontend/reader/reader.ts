// The reader's page works without this script; it will keep the page live.
export {};
