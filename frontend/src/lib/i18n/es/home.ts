import type en from '../en/home';
import type { Translation } from '../types';

const home: Translation<typeof en> = {
  title: 'Inicio',
  morning: 'Buenos días, {name}',
  afternoon: 'Buenas tardes, {name}',
  evening: 'Buenas noches, {name}',
  attention: { one: '{count} asunto requiere atención.', other: '{count} asuntos requieren atención.' },
  calm: 'Nada requiere atención.',
  userCount: { one: '{count} usuario.', other: '{count} usuarios.' },
  ownLead: 'Esto es lo que puede hacer en {account}.',

  needsTitle: 'Requiere atención',
  calmText: 'Todos tienen un segundo factor, nadie está bloqueado y cada invitación se ha aceptado.',
  timeTitle: 'Cuando haya tiempo',
  noFactor: { one: 'Persona sin segundo factor', other: 'Personas sin segundo factor' },
  locked: { one: 'Usuario bloqueado tras intentos incorrectos', other: 'Usuarios bloqueados tras intentos incorrectos' },
  invited: { one: 'Invitación sin aceptar', other: 'Invitaciones sin aceptar' },
  unseen: { one: 'Persona sin ver desde hace 90 días', other: 'Personas sin ver desde hace 90 días' },
  see: 'Mirar',
  overMany: 'más de {number}',
  ownFactor: 'No tiene un segundo factor',
  ownFactorText: 'Inicia sesión solo con la contraseña.',
  ownFactorGo: 'Añadir uno',
  ownCodes: { one: 'Código de recuperación disponible', other: 'Códigos de recuperación disponibles' },
  ownCodesText: 'Cree otros antes de necesitarlos.',
  ownCodesGo: 'Crear otros',

  stepsTitle: 'Una cuenta nueva',
  stepsDone: '{done} de {total} hechos',
  stepDone: 'Hecho',
  stepTodo: 'Pendiente',
  stepStart: 'Empezar',
  stepStartNamed: 'Empezar: {step}',
  stepFactor: 'Añadir su segundo factor',
  stepRoles: 'Crear roles',
  stepPerson: 'Crear el primer usuario personal',
  stepApplication: 'Crear el primer usuario API',

  latelyTitle: 'Cambiado hace poco',
  latelyAll: 'Registro de auditoría',
  latelyNone: 'Aún no se ha cambiado nada.',
  ownTitle: 'Qué ha pasado',
  ownAll: 'Todo',
};

export default home;
