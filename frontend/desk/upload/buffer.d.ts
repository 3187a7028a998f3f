// The types of tus-js-client name Node's Buffer, which browsers do not have.
type Buffer = never;
