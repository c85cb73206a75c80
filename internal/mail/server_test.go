package mail

import (
	"strings"
	"testing"
)

func TestServerAddresses(t *testing.T) {
	for address, want := range map[string]server{
		"smtp://mail.example":                                 {host: "mail.example", port: 587, encryption: startTLS},
		"smtp://mail.example:2525":                            {host: "mail.example", port: 2525, encryption: startTLS},
		"smtp://mail.example?tls=implicit":                    {host: "mail.example", port: 465, encryption: implicitTLS},
		"smtp://mail.example/?tls=none":                       {host: "mail.example", port: 25, encryption: noTLS},
		"smtp://jane:p%40ss%2F@mail.example:587?tls=starttls": {host: "mail.example", port: 587, encryption: startTLS, user: "jane", password: "p@ss/"},
		"smtp://jane:secret@[::1]:1025?tls=none":              {host: "::1", port: 1025, encryption: noTLS, user: "jane", password: "secret"},
	} {
		if got, err := parseServer(address); err != nil || *got != want {
			t.Errorf("parseServer(%q) = %+v, %v; want %+v", address, got, err, want)
		}
	}
}

// A wrong address is told in one line that says what is wrong and never what the password is.
func TestWrongServerAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"":                                                 "smtp://",
		"mail.example:587":                                 "smtp://",
		"smtps://jane:hunter2hunter2@mail":                 "tls=implicit",
		"smtp://":                                          "host",
		"smtp://:587":                                      "host",
		"smtp://mail.example:0":                            "port",
		"smtp://mail.example:70000":                        "port",
		"smtp://mail.example:mail":                         "%-escapes",
		"smtp://jane:hunter2hunter2/@mail":                 "%-escapes",
		"smtp://jane:hunter2hunter2@mail/path":             "nothing may follow",
		"smtp://mail.example#tls=none":                     "nothing may follow",
		"smtp://mail.example?tls=maybe":                    "tls is",
		"smtp://mail.example?tls=":                         "tls is",
		"smtp://mail.example?ssl=true":                     "nothing else",
		"smtp://mail.example?tls=none&tls=starttls":        "once",
		"smtp://jane@mail.example":                         "both",
		"smtp://:hunter2hunter2@mail.example":              "both",
		"smtp://jane:hunter2hunter2@mail.example?tls=none": "everybody",
	} {
		got, err := parseServer(address)
		if err == nil {
			t.Errorf("parseServer(%q) = %+v, want an error", address, got)
			continue
		}
		if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "\n") {
			t.Errorf("parseServer(%q): %v; want it to say %q", address, err, want)
		}
	}
}

// Whatever stands in the flag: no panic, no password in the error, and what is taken is complete and safe.
func FuzzServerAddress(f *testing.F) {
	for _, address := range []string{"smtp://user:pass@host:587?tls=starttls", "smtp://[::1]:25/?tls=none", "smtp://%00@h", "smtp://a:b@h?tls=none", "://"} {
		f.Add(address)
	}
	f.Fuzz(func(t *testing.T, address string) {
		s, err := parseServer(address)
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Fatalf("an error of several lines: %v", err)
			}
			return
		}
		if s.host == "" || s.port < 1 || s.port > 65535 || defaultPorts[s.encryption] == 0 || (s.user == "") != (s.password == "") {
			t.Fatalf("parseServer(%q) = %+v", address, s)
		}
		if s.password != "" && s.encryption == noTLS && !loopback(s.host) {
			t.Fatalf("parseServer(%q) would send the password in the clear", address)
		}
	})
}

func TestSenderAddress(t *testing.T) {
	for text, want := range map[string]string{
		"Gatehouse <gatehouse@acme.example>": `"Gatehouse" <gatehouse@acme.example>`,
		"gatehouse@localhost":                "<gatehouse@localhost>",
		"Pförtner <tor@müller.example>":      "=?utf-8?q?Pf=C3=B6rtner?= <tor@xn--mller-kva.example>",
	} {
		if from, err := ParseFrom(text); err != nil || from.String() != want {
			t.Errorf("ParseFrom(%q) = %v, %v; want %s", text, from, err, want)
		}
	}
	for _, text := range []string{"", "gatehouse", "a@b, c@d", "a@b\r\nBcc: c@d", "a@-b-.example"} {
		if from, err := ParseFrom(text); err == nil {
			t.Errorf("ParseFrom(%q) = %v, want an error", text, from)
		}
	}
}
