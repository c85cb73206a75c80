import type en from '../en/auth';
import type { Translation } from '../types';

const auth: Translation<typeof en> = {
  signInTitle: 'Iniciar sesión',
  signInLead: 'en el gestor de dominios de su cuenta',
  account: 'Cuenta',
  loginName: 'Nombre de usuario',
  password: 'Contraseña',
  forgot: '¿Olvidó la contraseña?',
  signIn: 'Iniciar sesión',
  signingIn: 'Iniciando sesión…',
  help: 'Ayuda para iniciar sesión',
  helpAccountTitle: 'Cuenta y nombre de usuario',
  helpAccountText: 'Ambos figuran en su correo de bienvenida y en cada registro de un cambio como cuenta/usuario.',
  helpPasswordTitle: 'Sin contraseña, u olvidada',
  helpPasswordText: 'Pida un enlace con «¿Olvidó la contraseña?». Vale una hora.',
  helpFactorTitle: 'Sin el teléfono a mano',
  helpFactorText: 'Use uno de sus códigos de recuperación. Sin ellos, un administrador puede restablecer su segundo factor.',
  factorTitle: 'Segundo factor',
  factorLeadTotp: 'Escriba el código de su aplicación de autenticación',
  factorLeadRecovery: 'Escriba uno de sus códigos de recuperación',
  code: 'Código de la aplicación',
  codeHint: 'Seis cifras. Cambia cada 30 segundos.',
  recoveryCode: 'Código de recuperación',
  recoveryHint: 'Cada uno sirve una vez. Da igual usar mayúsculas o guiones.',
  useRecovery: 'Usar un código de recuperación',
  useTotp: 'Usar la aplicación de autenticación',
  confirm: 'Confirmar',
  confirming: 'Confirmando…',
  otherUser: 'Iniciar sesión con otro usuario',
  signedOut: 'Ha cerrado la sesión.',
  sessionEnded: 'Su sesión terminó. Inicie sesión para seguir donde estaba.',
  stepUpTitle: 'Confirme que es usted',
  stepUpLead: 'Esto afecta a quién puede entrar, así que pide una prueba reciente. Después vale 10 minutos.',
  stepUpPasswordHint: 'Aún no tiene un segundo factor, por eso se pide su contraseña.',
};

export default auth;
