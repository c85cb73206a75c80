import type en from '../en/passkey';
import type { Translation } from '../types';

const passkey: Translation<typeof en> = {
  signIn: 'Iniciar sesión con una llave de acceso',
  use: 'Usar una llave de acceso',
  lead: 'Confirme con su huella, su rostro, su PIN o su llave de seguridad',
  or: 'o',
  waiting: 'Esperando…',
  follow: 'Siga lo que pida su navegador o dispositivo.',
  notShown: 'No llegó ninguna llave de acceso: la petición se cerró, tardó demasiado, o este dispositivo no tiene ninguna para Gatehouse.',
  notMade: 'No se creó ninguna llave de acceso: la petición se cerró o tardó demasiado.',
  alreadyRegistered: 'Esta ya la tiene: el dispositivo o la llave de seguridad guarda una llave de acceso suya para Gatehouse. No hay nada que añadir.',
  cannotVerify: 'Este dispositivo o esta llave de seguridad no puede comprobar por huella, rostro o PIN que es usted.',
  failed: 'El navegador no pudo usar una llave de acceso aquí.',
  notHere: 'Este navegador no puede usar llaves de acceso en esta dirección. Use otro navegador u otro dispositivo.',
  orPassword: 'Inténtelo de nuevo, o inicie sesión con su contraseña.',
  orOtherWay: 'Inténtelo de nuevo, o elija otra manera.',
  orApp: 'Inténtelo de nuevo, o elija la aplicación de autenticación.',
};

export default passkey;
