//! Nothing: what is tested is that the tests compile with the one dependency of this package.
