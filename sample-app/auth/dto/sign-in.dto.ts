import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

export class SignInDto {
  @ApiProperty({ description: 'A new name makes a new customer', minLength: 1, maxLength: 50, example: 'Ada' })
  @IsString()
  @Length(1, 50)
  name!: string;
}
