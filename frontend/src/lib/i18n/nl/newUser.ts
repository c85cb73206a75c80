import type en from '../en/newUser';
import type { Translation } from '../types';

const newUser: Translation<typeof en> = {
  title: 'Nieuwe gebruiker',
};

export default newUser;
