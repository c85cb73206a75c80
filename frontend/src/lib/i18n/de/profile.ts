import type en from '../en/profile';
import type { Translation } from '../types';

const profile: Translation<typeof en> = {
  title: 'Profil',
};

export default profile;
