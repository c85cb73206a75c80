package mail

var german = words{
	Code: "de",
	Months: [12]string{
		"Januar", "Februar", "März", "April", "Mai", "Juni",
		"Juli", "August", "September", "Oktober", "November", "Dezember",
	},
	DateTime: "{day}. {month} {year}, {time} Uhr UTC",
	Operator: "Der Betreiber von Gatehouse",

	Greeting:       "Guten Tag {name},",
	NotYou:         "Waren Sie das nicht? Setzen Sie sofort ein neues Passwort und informieren Sie einen Administrator von {account}.",
	NotExpected:    "Wenn Sie das nicht erwartet haben, fragen Sie einen Administrator von {account}.",
	ButtonFails:    "Wenn die Schaltfläche nicht reagiert, kopieren Sie diesen Link in Ihren Browser:",
	Footer:         "Sie erhalten diese E-Mail, weil {user} ein Benutzer in Gatehouse ist. Antworten werden nicht gelesen.",
	FooterStranger: "Sie erhalten diese E-Mail, weil jemand diese Adresse in Gatehouse eingegeben hat. Antworten werden nicht gelesen.",
	Fact:           "{label}: {value}",

	Label: labels{
		Account: "Konto", LoginName: "Anmeldename", SignInPage: "Anmeldeseite", User: "Benutzer",
		When: "Wann", Address: "IP-Adresse", NewEmail: "Neue E-Mail-Adresse", Method: "Zweiter Faktor", CodesLeft: "Verbleibende Codes",
		Tries: "Fehlversuche", Since: "Seit",
		Key: "API-Schlüssel", Expires: "Läuft ab", Changed: "Geändert",
	},
	Welcome: welcomeWords{
		Title:             "Ihr Benutzer bei {account}",
		CreatedBy:         "{by} hat bei {account} einen Benutzer für Sie angelegt.",
		StepSetPassword:   "Setzen Sie Ihr Passwort über den Link unten.",
		StepSignIn:        "Melden Sie sich mit dem Konto, dem Anmeldenamen und diesem Passwort an.",
		StepSignInGiven:   "Melden Sie sich mit dem Konto, dem Anmeldenamen und Ihrem Passwort an. Sie erhalten es von der Person, die Ihren Benutzer angelegt hat: Passwörter werden nie per E-Mail verschickt.",
		StepMFA:           "Richten Sie einen zweiten Faktor ein, sobald Sie danach gefragt werden. Halten Sie eine Authenticator-App auf Ihrem Telefon bereit.",
		OptionalMFA:       "Fügen Sie nach der Anmeldung einen zweiten Faktor hinzu, etwa eine Authenticator-App.",
		ButtonSetPassword: "Passwort setzen",
		ButtonSignIn:      "Anmelden",
		LinkUntil:         "Der Link gilt einmal, bis {until}. Danach erhalten Sie von einem Administrator einen neuen.",
		APITitle:          "Ein neuer API-Benutzer bei {account}",
		APICreatedBy:      "{by} hat bei {account} einen API-Benutzer für eine Anwendung angelegt und dafür Ihre Adresse angegeben.",
		APIUsesKeys:       "Die Anwendung meldet sich mit API-Schlüsseln an, nicht mit einem Passwort. Ein Administrator erstellt die Schlüssel und gibt sie weiter.",
	},
	PasswordReset: linkWords{
		Title:     "Neues Passwort setzen",
		Text:      "Jemand, wahrscheinlich Sie selbst, hat ein neues Passwort für {user} angefordert.",
		Button:    "Passwort setzen",
		LinkUntil: "Der Link gilt einmal, bis {until}.",
		NotYou:    "Wenn Sie es nicht angefordert haben, müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist.",
	},
	EmailConfirm: linkWords{
		Title:     "E-Mail-Adresse bestätigen",
		Text:      "Diese Adresse soll die E-Mail-Adresse eines Benutzers des Kontos {account} in Gatehouse werden.",
		Button:    "Adresse bestätigen",
		LinkUntil: "Der Link gilt einmal, bis {until}.",
		NotYou:    "Wenn Sie es nicht angefordert haben, müssen Sie nichts tun: Es ändert sich nichts.",
	}, EmailTaken: noticeWords{
		Title: "Ihre Adresse wurde für einen anderen Benutzer eingegeben",
		Text:  "Jemand möchte diese Adresse zur E-Mail-Adresse eines Benutzers des Kontos {account} in Gatehouse machen. Sie gehört dort bereits einem anderen Benutzer, deshalb ändert sich nichts. Wenn Sie dort mehrere Benutzer haben, braucht jeder eine eigene Adresse.",
	},

	PasswordChanged: changeWords{
		Title:   "Ihr Passwort wurde geändert",
		Text:    "Ihr Passwort wurde geändert. Ihre anderen Sitzungen sind beendet.",
		ByAdmin: "{by} hat ein neues Passwort für Sie gesetzt. Ihre Sitzungen sind beendet. Sie erhalten das Passwort persönlich: Passwörter werden nie per E-Mail verschickt.",
	},
	LoginNameChanged: changeWords{
		Title:   "Ihr Anmeldename wurde geändert",
		Text:    "Sie haben Ihren Anmeldenamen geändert. Der bisherige gilt nicht mehr.",
		ByAdmin: "{by} hat Ihren Anmeldenamen geändert. Der bisherige gilt nicht mehr.",
	},
	EmailChanged: changeWords{
		Title:   "Ihre E-Mail-Adresse wurde geändert",
		Text:    "Sie haben Ihre E-Mail-Adresse geändert. E-Mails gehen ab jetzt an die neue Adresse.",
		ByAdmin: "{by} hat Ihre E-Mail-Adresse geändert. E-Mails gehen ab jetzt an die neue Adresse.",
	},
	MFAEnrolled: noticeWords{
		Title: "Zweiter Faktor hinzugefügt",
		Text:  "Ihrem Benutzer wurde ein zweiter Faktor hinzugefügt. Ab jetzt können Sie sich damit anmelden.",
	},
	MFARemoved: noticeWords{
		Title: "Zweiter Faktor entfernt",
		Text:  "Ein zweiter Faktor Ihres Benutzers wurde entfernt. Er gilt nicht mehr.",
	},
	MFAReset: adviceWords{
		Title:  "Ihre zweiten Faktoren wurden zurückgesetzt",
		Text:   "{by} hat alle Ihre zweiten Faktoren und Wiederherstellungscodes entfernt. Ihre Sitzungen sind beendet.",
		Advice: "Melden Sie sich mit Ihrem Passwort an und richten Sie einen neuen zweiten Faktor ein.",
	},
	RecoveryCodesRegenerated: noticeWords{
		Title: "Neue Wiederherstellungscodes",
		Text:  "Für Ihren Benutzer wurden neue Wiederherstellungscodes erstellt. Die älteren gelten nicht mehr.",
	},
	RecoveryCodeUsed: adviceWords{
		Title:  "Wiederherstellungscode verwendet",
		Text:   "Jemand, wahrscheinlich Sie selbst, hat einen Ihrer Wiederherstellungscodes verwendet. Er gilt kein zweites Mal.",
		Advice: "Erstellen Sie neue Codes, bevor sie aufgebraucht sind.",
	},
	SignInRefusedAddress: adviceWords{
		Title:  "Anmeldung von unbekannter Adresse abgelehnt",
		Text:   "Jemand hat Ihr richtiges Passwort angegeben oder einen Passkey von Ihnen gezeigt, aber von einer Adresse außerhalb Ihrer Whitelists. Die Anmeldung wurde abgelehnt.",
		Advice: "Wenn Sie es waren, melden Sie sich von einer erlaubten Adresse an oder lassen Sie diese von einem Administrator hinzufügen.",
	},
	PasskeyCopied: adviceWords{
		Title:  "Ein Passkey wurde vielleicht kopiert",
		Text:   "Einer Ihrer Passkeys wurde mit einem Zähler gezeigt, der zurückgegangen ist: Es gibt vielleicht eine Kopie davon. Er wurde abgelehnt.",
		Advice: "Entfernen Sie diesen Passkey und richten Sie ihn neu ein. Waren Sie es nicht, informieren Sie einen Administrator von {account}.",
	},
	FailedSignIns: adviceWords{
		Title:  "Fehlgeschlagene Anmeldungen",
		Text:   "Jemand wollte sich als Sie anmelden und hat ein falsches Passwort oder einen falschen Code angegeben. Die Anmeldung wurde abgelehnt.",
		Advice: "Wenn Sie es waren, müssen Sie nichts tun. Wenn nicht, informieren Sie einen Administrator von {account}.",
	},
	KeyExpires: adviceWords{
		Title:  "Ein API-Schlüssel läuft bald ab",
		Text:   "Ein API-Schlüssel von {user} läuft bald ab. Was ihn verwendet, funktioniert danach nicht mehr.",
		Advice: "Ersetzen Sie den Schlüssel in Gatehouse und geben Sie den neuen an die Anwendung, oder lassen Sie das einen Administrator von {account} tun.",
	},
	KeyUsedFromNewAddress: adviceWords{
		Title:  "API-Schlüssel von einer neuen Adresse verwendet",
		Text:   "Ein API-Schlüssel von {user} wurde von einer Adresse verwendet, von der er zuvor nicht kam.",
		Advice: "Wenn Sie diese Adresse nicht kennen, widerrufen Sie den Schlüssel sofort, oder lassen Sie das einen Administrator von {account} tun. Eine Whitelist am Schlüssel verhindert es.",
	},
	Deactivated: noticeWords{
		Title: "Ihr Benutzer wurde deaktiviert",
		Text:  "{by} hat Ihren Benutzer deaktiviert. Eine Anmeldung ist nicht mehr möglich, Sitzungen und API-Schlüssel sind beendet.",
	},
	Reactivated: noticeWords{
		Title: "Ihr Benutzer wurde reaktiviert",
		Text:  "{by} hat Ihren Benutzer reaktiviert. Sie können sich wieder anmelden, und API-Schlüssel funktionieren wieder.",
	},
	Unlocked: noticeWords{
		Title: "Ihr Benutzer wurde entsperrt",
		Text:  "{by} hat Ihren Benutzer entsperrt. Fehlgeschlagene Anmeldungen werden wieder von vorn gezählt.",
	},
	AccessChanged: changeWords{
		Title:   "Ihr Zugang wurde geändert",
		Text:    "Sie haben Ihren eigenen Zugang geändert.",
		ByAdmin: "{by} hat Ihren Zugang geändert. Was Sie jetzt dürfen, sehen Sie nach der Anmeldung.",
	},
	KeyCreated: changeWords{
		Title:   "Neuer API-Schlüssel",
		Text:    "Sie haben einen API-Schlüssel für {user} erstellt.",
		ByAdmin: "{by} hat einen API-Schlüssel für {user} erstellt.",
	},
	KeyRotated: changeWords{
		Title:   "API-Schlüssel ersetzt",
		Text:    "Sie haben einen API-Schlüssel von {user} durch einen neuen ersetzt.",
		ByAdmin: "{by} hat einen API-Schlüssel von {user} durch einen neuen ersetzt.",
	},
	KeyUpdated: changeWords{
		Title:   "API-Schlüssel geändert",
		Text:    "Sie haben einen API-Schlüssel von {user} geändert.",
		ByAdmin: "{by} hat einen API-Schlüssel von {user} geändert.",
	},
	Part: partWords{Roles: "Rollen", AccessPoints: "Zugangspunkte", Whitelists: "Whitelists", ForcedMFA: "erzwungener zweiter Faktor"},
}
