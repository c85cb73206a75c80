// Package password decides which passwords are good enough, and keeps the chosen ones so that a stolen database does not
// give them away.
//
// # Choosing
//
// [Check] follows NIST SP 800-63B-4, section 3.1.1.2: length and nothing else is asked for (no composition rules), and
// what attackers would try first is refused: the common and breached passwords that ship with the program and their
// trivial variations (package common), the user's own name and addresses, a short piece written again and again, and
// whatever a strength estimator thinks can be guessed. Every refusal has a machine-readable reason.
//
// # Keeping
//
// A [Hasher] hashes with Argon2id (RFC 9106) and writes the parameters into the hash, so that they can be raised later:
// [Hasher.Verify] says when a hash is outdated, and the sign-in, which just then has the password, hashes it anew.
//
// Argon2id is costly on purpose, 64 MiB and some tens of milliseconds a time, and anybody can ask for it by trying to
// sign in. So a Hasher runs only as many at once as the memory set aside for it allows, lets a bounded number wait, and
// answers [ErrBusy] past that. A flood of strangers keeps nobody out who is known: see [Class]. Without a password to
// compare with, [Hasher.VerifyNothing] does the same work, or the time of the answer would tell which users exist. Where
// stored hashes have several parameters, a [Mixture] has it work as they do.
//
// # One form
//
// The same password typed on two keyboards can arrive as different code points. Both halves of the package therefore
// work on its [Normalize]d form.
package password
