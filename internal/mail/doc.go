// Package mail tells users what concerns them. A message is rendered in the recipient's language and put into the outbox
// in the transaction of the change that it tells of, so that neither happens without the other; a [Sender] delivers it
// from there, by SMTP or into files.
package mail
