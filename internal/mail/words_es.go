package mail

var spanish = words{
	Code: "es",
	Months: [12]string{
		"enero", "febrero", "marzo", "abril", "mayo", "junio",
		"julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
	},
	DateTime: "{day} de {month} de {year}, {time} UTC",
	Operator: "El operador de Gatehouse",

	Greeting:       "Hola, {name}:",
	NotYou:         "¿No ha sido usted? Establezca enseguida una contraseña nueva y avise a un administrador de {account}.",
	NotExpected:    "Si no lo esperaba, pregunte a un administrador de {account}.",
	ButtonFails:    "Si el botón no responde, copie este enlace en su navegador:",
	Footer:         "Recibe este correo porque {user} es un usuario de Gatehouse. Las respuestas no se leen.",
	FooterStranger: "Recibe este correo porque alguien ha introducido esta dirección en Gatehouse. Las respuestas no se leen.",
	Fact:           "{label}: {value}",

	Label: labels{
		Account: "Cuenta", LoginName: "Nombre de usuario", SignInPage: "Página de acceso", User: "Usuario",
		When: "Cuándo", Address: "Dirección IP", NewEmail: "Correo nuevo", Method: "Segundo factor", CodesLeft: "Códigos restantes",
		Tries: "Intentos fallidos", Since: "Desde",
		Key: "Clave API", Expires: "Caduca", Changed: "Cambios",
	},
	Welcome: welcomeWords{
		Title:             "Su usuario en {account}",
		CreatedBy:         "{by} ha creado un usuario para usted en {account}.",
		StepSetPassword:   "Establezca su contraseña con el enlace de abajo.",
		StepSignIn:        "Inicie sesión con la cuenta, el nombre de usuario y esa contraseña.",
		StepSignInGiven:   "Inicie sesión con la cuenta, el nombre de usuario y su contraseña. Se la entrega la persona que creó su usuario: las contraseñas nunca se envían por correo.",
		StepMFA:           "Configure un segundo factor cuando se le pida. Tenga a mano una aplicación de autenticación en su teléfono.",
		OptionalMFA:       "Añada un segundo factor, como una aplicación de autenticación, después de iniciar sesión.",
		ButtonSetPassword: "Establecer contraseña",
		ButtonSignIn:      "Iniciar sesión",
		LinkUntil:         "El enlace sirve una sola vez, hasta el {until}. Después, pida uno nuevo a un administrador.",
		APITitle:          "Un usuario de API nuevo en {account}",
		APICreatedBy:      "{by} ha creado un usuario de API para una aplicación en {account} y ha indicado su dirección.",
		APIUsesKeys:       "La aplicación accede con claves de API, no con una contraseña. Un administrador crea las claves y las entrega.",
	},
	PasswordReset: linkWords{
		Title:     "Establecer una contraseña nueva",
		Text:      "Alguien, seguramente usted, ha pedido una contraseña nueva para {user}.",
		Button:    "Establecer contraseña",
		LinkUntil: "El enlace sirve una sola vez, hasta el {until}.",
		NotYou:    "Si no la ha pedido, no haga nada: su contraseña sigue igual.",
	},
	EmailConfirm: linkWords{
		Title:     "Confirmar su dirección de correo",
		Text:      "Esta dirección va a ser la dirección de correo de un usuario de la cuenta {account} de Gatehouse.",
		Button:    "Confirmar dirección",
		LinkUntil: "El enlace sirve una sola vez, hasta el {until}.",
		NotYou:    "Si no lo ha pedido, no haga nada: nada cambia.",
	}, EmailTaken: noticeWords{
		Title: "Su dirección se ha introducido para otro usuario",
		Text:  "Alguien ha pedido que esta dirección sea la dirección de correo de un usuario de la cuenta {account} de Gatehouse. Ya pertenece a otro usuario de esa cuenta, así que nada cambia. Si tiene allí varios usuarios, cada uno necesita su propia dirección.",
	},

	PasswordChanged: changeWords{
		Title:   "Su contraseña ha cambiado",
		Text:    "Su contraseña ha cambiado. Sus otras sesiones han terminado.",
		ByAdmin: "{by} ha establecido una contraseña nueva para usted. Sus sesiones han terminado. Se le entregará en persona: las contraseñas nunca se envían por correo.",
	},
	LoginNameChanged: changeWords{
		Title:   "Su nombre de usuario ha cambiado",
		Text:    "Ha cambiado su nombre de usuario. El anterior ya no sirve.",
		ByAdmin: "{by} ha cambiado su nombre de usuario. El anterior ya no sirve.",
	},
	EmailChanged: changeWords{
		Title:   "Su dirección de correo ha cambiado",
		Text:    "Ha cambiado su dirección de correo. A partir de ahora los mensajes van a la nueva.",
		ByAdmin: "{by} ha cambiado su dirección de correo. A partir de ahora los mensajes van a la nueva.",
	},
	MFAEnrolled: noticeWords{
		Title: "Segundo factor añadido",
		Text:  "Se ha añadido un segundo factor a su usuario. Ya puede iniciar sesión con él.",
	},
	MFARemoved: noticeWords{
		Title: "Segundo factor eliminado",
		Text:  "Se ha eliminado un segundo factor de su usuario. Ya no sirve.",
	},
	MFAReset: adviceWords{
		Title:  "Sus segundos factores se han restablecido",
		Text:   "{by} ha eliminado todos sus segundos factores y códigos de recuperación. Sus sesiones han terminado.",
		Advice: "Inicie sesión con su contraseña y configure un segundo factor nuevo.",
	},
	RecoveryCodesRegenerated: noticeWords{
		Title: "Códigos de recuperación nuevos",
		Text:  "Se han creado códigos de recuperación nuevos para su usuario. Los anteriores ya no sirven.",
	},
	RecoveryCodeUsed: adviceWords{
		Title:  "Código de recuperación usado",
		Text:   "Alguien, seguramente usted, ha usado uno de sus códigos de recuperación. Ese código ya no sirve.",
		Advice: "Cree códigos nuevos antes de que se acaben.",
	},
	SignInRefusedAddress: adviceWords{
		Title:  "Acceso rechazado desde una dirección desconocida",
		Text:   "Alguien ha dado su contraseña correcta o mostrado una de sus llaves de acceso, pero desde una dirección fuera de sus listas blancas. No ha podido entrar.",
		Advice: "Si ha sido usted, inicie sesión desde una dirección permitida o pida a un administrador que añada esta.",
	},
	PasskeyCopied: adviceWords{
		Title:  "Es posible que se haya copiado una llave de acceso",
		Text:   "Se ha mostrado una de sus llaves de acceso con un contador que había retrocedido: puede que exista una copia. Se ha rechazado.",
		Advice: "Quite esta llave de acceso y vuelva a configurarla. Si no ha sido usted, avise a un administrador de {account}.",
	},
	FailedSignIns: adviceWords{
		Title:  "Intentos de acceso fallidos",
		Text:   "Alguien ha intentado iniciar sesión como usted con una contraseña o un código incorrectos. No ha podido entrar.",
		Advice: "Si ha sido usted, no tiene que hacer nada. Si no, avise a un administrador de {account}.",
	},
	KeyExpires: adviceWords{
		Title:  "Una clave API caduca pronto",
		Text:   "Una clave API de {user} caduca pronto. Lo que la usa dejará entonces de funcionar.",
		Advice: "Sustituya la clave en Gatehouse y dé la nueva a la aplicación, o pídaselo a un administrador de {account}.",
	},
	KeyUsedFromNewAddress: adviceWords{
		Title:  "Clave API usada desde una dirección nueva",
		Text:   "Una clave API de {user} se usó desde una dirección de la que no había venido antes.",
		Advice: "Si no conoce esta dirección, revoque la clave cuanto antes, o pídaselo a un administrador de {account}. Una lista blanca en la clave lo impide.",
	},
	Deactivated: noticeWords{
		Title: "Su usuario se ha desactivado",
		Text:  "{by} ha desactivado su usuario. Ya no puede iniciar sesión, y sus sesiones y claves de API han terminado.",
	},
	Reactivated: noticeWords{
		Title: "Su usuario se ha reactivado",
		Text:  "{by} ha reactivado su usuario. Puede iniciar sesión de nuevo y sus claves API vuelven a funcionar.",
	},
	Unlocked: noticeWords{
		Title: "Su usuario se ha desbloqueado",
		Text:  "{by} ha desbloqueado su usuario. Los intentos fallidos se cuentan de nuevo desde cero.",
	},
	AccessChanged: changeWords{
		Title:   "Su acceso ha cambiado",
		Text:    "Ha cambiado su propio acceso.",
		ByAdmin: "{by} ha cambiado su acceso. Al iniciar sesión verá lo que puede hacer ahora.",
	},
	KeyCreated: changeWords{
		Title:   "Nueva clave API",
		Text:    "Ha creado una clave API para {user}.",
		ByAdmin: "{by} ha creado una clave API para {user}.",
	},
	KeyRotated: changeWords{
		Title:   "Clave API sustituida",
		Text:    "Ha sustituido una clave API de {user} por una nueva.",
		ByAdmin: "{by} ha sustituido una clave API de {user} por una nueva.",
	},
	KeyUpdated: changeWords{
		Title:   "Clave API cambiada",
		Text:    "Ha cambiado una clave API de {user}.",
		ByAdmin: "{by} ha cambiado una clave API de {user}.",
	},
	Part: partWords{Roles: "roles", AccessPoints: "puntos de acceso", Whitelists: "listas blancas", ForcedMFA: "segundo factor obligatorio"},
}
