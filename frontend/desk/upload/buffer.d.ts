// The types of tus-js-client name Node's Buffer, of which there is none in a browser.
type Buffer = never;
