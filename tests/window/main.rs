//! The window without a display: what is done in it by keys, pointer and labels.

#![cfg(test)]

mod answers;
mod by_keys;
mod canvas;
mod compare;
mod crash;
mod finder;
mod focus;
mod frame;
mod held;
mod imports;
mod letters;
mod library;
mod over;
mod path;
mod pictures;
mod recovery;
mod risk;
mod room;
mod scope;
mod support;
mod workshop;
mod workspace;
