"""Looking into an uploaded file before it is kept: structure, not only its name.

A sniffer is no control (polyglots pass it), so each kind is parsed whole. Every refusal
is one sentence that says what is wrong and how to mend it.
"""
