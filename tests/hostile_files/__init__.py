"""Files that are made to hang, fill or fool whoever reads them, each built by a few lines: nothing here is large until it
is opened. A table of attacks is {name: builder}; what a name ends with is the ending the file is offered under."""
