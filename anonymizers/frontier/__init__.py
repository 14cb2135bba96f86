"""The risk–utility frontier: every node of a lattice with its risk and its loss, so that one can choose by looking.

``sweep`` walks the whole lattice once, ``front`` picks the nodes that nothing beats and the knee among them."""
